using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Datasets;

/// <summary>The name of a file as a row gives it: always one in the folder that it is looked for in.</summary>
public sealed record ManifestName
{
    /// <summary>The longest name of a file, in bytes of UTF-8.</summary>
    public const int LongestBytes = 255;

    // To a name with any other one the configured extension is added.
    private static readonly string[] Extensions = [".jpeg", ".jpg", ".png", ".xml", ".txt", ".text"];

    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\");

    private ManifestName(string file) => File = file;

    /// <summary>The name with its extension: <c>cat.jpg</c>.</summary>
    public string File { get; }

    /// <summary>The name before its last dot, as the table stores it.</summary>
    public string Stem => StemOf(File);

    /// <summary>Reads the cell of a manifest.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="extension">The configured extension, added where the name has none: <c>.jpg</c>.</param>
    /// <param name="name">The name.</param>
    /// <param name="error">The error and its remedy.</param>
    public static bool TryParse(
        string text,
        string extension,
        [NotNullWhen(true)] out ManifestName? name,
        [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(extension);
        text = text.Trim();
        var file = HasExtension(text) ? text : text + extension;
        error = Fault(text, file);
        name = error is null ? new(file) : null;
        return name is not null;
    }

    /// <summary>A file's name before its last dot; all of it without a dot.</summary>
    public static string StemOf(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.LastIndexOf('.') is > 0 and var dot ? file[..dot] : file;
    }

    private static string? Fault(string text, string file)
    {
        var shown = $"\"{Line.Of(Escaped.Text(text), 80)}\"";
        return text.Length == 0 ? "has no file name; write the name of the row's file"
            : text.AsSpan().ContainsAny(Separators)
                ? $"{shown} names a folder; write the name of a file in the configured folder alone"
            : text.StartsWith('.') ? $"{shown} begins with a dot; hidden files are no data, rename the file"
            : Escaped.Text(text) != text ? $"{shown} contains a control character; rename the file"
            : Encoding.UTF8.GetByteCount(file) > LongestBytes
                ? $"{shown} is longer than {LongestBytes} bytes; shorten the name"
            : null;
    }

    private static bool HasExtension(string text) =>
        Extensions.Any(known => text.EndsWith(known, StringComparison.OrdinalIgnoreCase));
}
