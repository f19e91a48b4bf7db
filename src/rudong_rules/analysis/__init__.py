"""Proofs over a policy: each property is proven, refuted by a case that replays, or unknown.

``claims`` lists what is to be proven of a policy, ``cache`` remembers what was; neither needs z3 (the extra ``check``).
``formulas`` turns ``rules`` into formulas, over facts of which ``domain`` says what they are; ``entries`` does so for
questions about lists and numbers of a ``symbolic_case``, ``search`` looks for a case in which things hold at once,
``witness`` makes it small, ``properties`` says what is asked of a policy, ``equivalence`` of two.
"""
