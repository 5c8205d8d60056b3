"""Languages a code block can be in: the slug is what front ends and Pygments are given."""

LANGUAGES: list[tuple[str, str]] = [
    ("text", "Plain text"),
    ("bash", "Bash"),
    ("c", "C"),
    ("cpp", "C++"),
    ("csharp", "C#"),
    ("css", "CSS"),
    ("diff", "Diff"),
    ("dockerfile", "Dockerfile"),
    ("elixir", "Elixir"),
    ("go", "Go"),
    ("graphql", "GraphQL"),
    ("haskell", "Haskell"),
    ("html", "HTML"),
    ("http", "HTTP"),
    ("ini", "INI"),
    ("java", "Java"),
    ("javascript", "JavaScript"),
    ("json", "JSON"),
    ("jsx", "JSX"),
    ("kotlin", "Kotlin"),
    ("makefile", "Makefile"),
    ("markdown", "Markdown"),
    ("mermaid", "Mermaid"),
    ("nginx", "nginx"),
    ("php", "PHP"),
    ("powershell", "PowerShell"),
    ("python", "Python"),
    ("ruby", "Ruby"),
    ("rust", "Rust"),
    ("scala", "Scala"),
    ("scss", "SCSS"),
    ("sql", "SQL"),
    ("swift", "Swift"),
    ("toml", "TOML"),
    ("tsx", "TSX"),
    ("typescript", "TypeScript"),
    ("vbnet", "VB.NET"),
    ("xml", "XML"),
    ("yaml", "YAML"),
]

_SLUGS = {slug for slug, _ in LANGUAGES}

_ALIASES = {
    "": "text",
    "c#": "csharp",
    "cs": "csharp",
    "console": "bash",
    "docker": "dockerfile",
    "golang": "go",
    "htm": "html",
    "js": "javascript",
    "jsx harmony": "jsx",
    "node": "javascript",
    "plaintext": "text",
    "ps1": "powershell",
    "py": "python",
    "pycon": "python",
    "python3": "python",
    "rb": "ruby",
    "rs": "rust",
    "sh": "bash",
    "shell": "bash",
    "ts": "typescript",
    "txt": "text",
    "vb": "vbnet",
    "vb.net": "vbnet",
    "yml": "yaml",
    "zsh": "bash",
}


def normalise_language(name: str) -> str:
    """The slug for a language as people write it; ``text`` when it is none we know."""
    name = name.strip().lower()
    name = _ALIASES.get(name, name)
    if name not in _SLUGS:
        first = name.split()[0].strip("{}.,") if name.split() else ""
        name = _ALIASES.get(first, first)
    return name if name in _SLUGS else "text"
