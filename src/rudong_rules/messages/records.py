"""What is said of files of records and of keys."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # records
    "record_too_large": ("记录超过 {most:,} 字节", "the record has more than {most:,} bytes"),
    "is_redacted": (
        "记录已删去案情和结论：只存公开部分",
        "the record is redacted: of its case and verdicts nothing is left but the public part",
    ),
    "so_many_bytes": ("{number} 个字节", "{number}"),
    "no_salt": (
        "盐须为 {most} 个保密的随机字节，而非{value}：每条记录各用 secrets.token_bytes({most})",
        "a salt has {most} bytes, not {value}: take secrets.token_bytes({most}), fresh for every record",
    ),
    "record_fewer": ("一次少记录几个事项", "record fewer decisions at once"),
    "line_too_large": ("此行超过 {most:,} 字节", "the line has more than {most:,} bytes"),
    "no_line_end": ("此行末尾被改写", "something else stands where the line should end"),
    "last_line": ("最后一行不是当时写入的：{said}", "the last line is not what was appended: {said}"),
    "restore": ("此前各行有效；请用副本恢复文件", "lines before it stand; restore the file from a copy"),
    "what_records_are": (
        "记录文件由 rudong-rules record 写成，每行一条记录；案件文件用 decide 读",
        "a file of records is what rudong-rules record writes, a record a line; decide reads a case",
    ),
    "replay_says_more": ("详见 rudong-rules replay", "rudong-rules replay says more"),
    "no_regular_file": ("这不是普通文件", "this is no regular file"),
    "name_records": ("请写记录文件", "name a file of records"),
    "line_no_json": ("此行不是 JSON", "the line is not JSON"),
    "not_that_of_a_record": ("此行是 JSON，但不是记录", "the line is JSON, but not that of a record"),
    "not_canonical": ("此行不是所载内容的规范写法", "the line is not the canonical form of what it says"),
    "wrong_digest": ("记录与其校验值不符", "the record is not the one of its digest"),
    "not_the_sealed": ("案情或结论不是当时所记", "the case or its verdicts are not those recorded"),
    "no_signature_of": ("签名人与签名不成对", "signer and signature do not belong together"),
    "wrong_signature": ("签名不是该签名人对此记录的签名", "the signature is not that of the signer on this record"),
    "out_of_sequence": ("第 {number} 条的位置上是第 {found} 条", "record {found} stands where {number} should"),
    "broken_chain": ("记录与前一条不相衔接", "the record does not follow the one before it"),
    "name_key_file": ("请写密钥文件", "name a key file"),
    "no_private_key": ("这不是未加密的 Ed25519 私钥（PEM）", "this is no unencrypted Ed25519 private key in PEM"),
    "no_public_key": ("这不是未加密的 Ed25519 公钥（PEM）", "this is no unencrypted Ed25519 public key in PEM"),
    "make_key": (
        "openssl genpkey -algorithm ed25519 生成私钥，openssl pkey -pubout 得其公钥",
        "openssl genpkey -algorithm ed25519 makes a private key, openssl pkey -pubout its public half",
    ),
}  # fmt: skip
