"""``python -m rudong_rules`` is the command ``rudong-rules``."""

from .cli import main

if __name__ == "__main__":
    main()
