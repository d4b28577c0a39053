"""Print the manual: `PYTHONPATH=src python -m tests.spec`."""

from tests.spec.book import FOLDER, pages


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = pages()
    for old in set(FOLDER.glob("*.md")) - set(written):
        old.unlink()
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    print(f"{len(written)} páginas en {FOLDER}")


if __name__ == "__main__":
    main()
