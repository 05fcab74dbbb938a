using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>Values as people write them, in pieces that know what becomes of them.</summary>
internal sealed record GeneratedValues(IReadOnlyList<GeneratedValues.Piece> Pieces)
{
    // What stands around the images; # in a key is replaced by a number.
    private static readonly string[] Others =
    [
        "# digest: \"\"\n", "\n", "  # indented\n", "plain#: text # why\n", "text#: it's \"quoted\" # {[\n",
        "single#: 'it''s: ''''' # x\n", "double#: \"\\\" \\u263A \\\\\"\n", "number#: 8080\n", "switch#: true\n",
        "null#:\n", "tilde#: ~\n", "emoji#: 😀 é\n", "tabs#:\t'x'\t# tab\n", "far#:     x     \n",
        "folded#: >-\n  digest: \"\"\n\n   more\n", "literal#: |+\n  images:\n    web: {digest: ''}\n\n",
        "long#: plain\n  goes on\n\n  and on\n", "broken#: \"one\n  two \\\n  three\"\n",
        "list#:\n- a\n- {b: c}\n-   - d # e\n", "nested#:\n    deep:\n       digest: ''\n",
        "anchor#: &a# {x: \"y\"}\nalias#: *a#\nmerged#: {<<: *a#, z: 1}\n", "\"quoted#\" : {\"json\":[1,null,\"x\"]}\n",
        "? asked#\n: answered\n",
    ];

    private static readonly string[] Lines =
        ["repository: acme/web", "tag: '1.30' # quoted", "digest:", "# note", "more: {a: 1}"];

    private static readonly string Held = Some.B.ToString(), Served = Some.A.ToString();

    private static readonly Piece[] Digests =
    [
        new("\"\"", $"\"{Served}\"", "\"\"", "\"\""),
        new("''", $"'{Served}'", "''", "''"),
        new($"\"{Held}\"", $"\"{Served}\"", "\"\"", "\"\""),
        new($"'{Held}'", $"'{Served}'", "''", "''"),
        new(Held, Served, "\"\"", "\"\""),
        new("~", $"\"{Served}\"", "~", "\"\""),
        new("null", $"\"{Served}\"", "null", "\"\""),
    ];

    public string Before => Join(piece => piece.Before);

    public string Pinned => Join(piece => piece.Pinned);

    public string Unpinned => Join(piece => piece.Unpinned);

    /// <summary>The values after pin and unpin: null comes back as no text.</summary>
    public string Restored => Join(piece => piece.Restored);

    public static Arbitrary<GeneratedValues> Arbitrary { get; } = (
        from before in Gen.ListOf(Gen.Elements(Others))
        from images in Gen.NonEmptyListOf(Gen.OneOf(Block(), Braces(), Text()))
        from after in Gen.ListOf(Gen.Elements(Others))
        from indent in Gen.Elements("  ", " ", "    ")
        from newLine in Gen.Elements("\n", "\r\n")
        from ending in Gen.Elements("", "\n", "\n\n", "# the end")
        select Of([
            .. before.Select(Piece.Of),
            Piece.Of("images:   # ours\n"),
            .. images.SelectMany(image => image.Prepend(Piece.Of("INDENTweb#:"))),
            .. after.Select(Piece.Of),
            Piece.Of(ending),
        ], indent, newLine)).ToArbitrary();

    public override string ToString() => Before;

    private static GeneratedValues Of(IEnumerable<Piece> pieces, string indent, string newLine) => new(
    [
        .. pieces.Select((piece, number) => piece.Map(text => text
            .Replace("#:", $"{number}:").Replace("&a#", $"&a{number}").Replace("*a#", $"*a{number}")
            .Replace("ed#", $"ed{number}").Replace("INDENT", indent).Replace("\n", newLine))),
    ]);

    private static Gen<IReadOnlyList<Piece>> Block() =>
        from digest in Gen.Elements([.. Digests, new Piece("", $" \"{Served}\"", "", " \"\"")])
        from space in Gen.Elements(" ", "   ", "\t")
        from comment in Gen.Elements("", " # why", "  ")
        from lines in Gen.Shuffle(Lines)
        let value = new[] { Piece.Of(digest.Before.Length == 0 ? "" : space), digest, Piece.Of(comment) }
        select (IReadOnlyList<Piece>)
        [
            .. lines.SelectMany(line => (Piece[])
                [Piece.Of($"\nINDENTINDENT{line}"), .. line == "digest:" ? value : []]),
            Piece.Of("\n"),
        ];

    private static Gen<IReadOnlyList<Piece>> Braces() =>
        from digest in Gen.Elements(Digests)
        from open in Gen.Elements(" {", "\n INDENTINDENT{ ", "   {")
        from rest in Gen.Elements(
            " }", "} # {digest: ''}", ", more: [digest, '']}", ",\n INDENTINDENTmore: 1\n INDENTINDENT}")
        select (IReadOnlyList<Piece>)
            [Piece.Of($"{open}repository: \"acme/web\", 'tag': v1, digest: "), digest, Piece.Of(rest + "\n")];

    private static Gen<IReadOnlyList<Piece>> Text() =>
        from quote in Gen.Elements("", "'", "\"")
        from held in Gen.Elements("", $"@{Held}", $"@{Served}")
        from comment in Gen.Elements("", " # @")
        select (IReadOnlyList<Piece>)
        [
            Piece.Of($" {quote}127.0.0.1:5000/acme/web:v1"),
            new Piece(held, $"@{Served}", "", ""),
            Piece.Of($"{quote}{comment}\n"),
        ];

    private string Join(Func<Piece, string> text) => string.Concat(Pieces.Select(text));

    internal sealed record Piece(string Before, string Pinned, string Unpinned, string Restored)
    {
        public static Piece Of(string text) => new(text, text, text, text);

        public Piece Map(Func<string, string> map) => new(map(Before), map(Pinned), map(Unpinned), map(Restored));
    }
}
