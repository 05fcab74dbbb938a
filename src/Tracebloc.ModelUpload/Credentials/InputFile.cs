using System.Text;

namespace Tracebloc.ModelUpload.Credentials;

/// <summary>A file's content, or the fault of reading it; neither where the file is absent.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Fault">The end of a sentence that begins with the path, with the remedy.</param>
internal sealed record InputFile(ReadOnlyMemory<byte>? Content, string? Fault)
{
    public static InputFile Absent { get; } = new(null, null);

    public bool IsAbsent => this is { Content: null, Fault: null };

    /// <summary>The content as UTF-8, without a byte order mark; empty without content.</summary>
    public string Text => Content is not { Span: var bytes } ? ""
        : Encoding.UTF8.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);

    public static InputFile Of(string text) => new(Encoding.UTF8.GetBytes(text), null);
}
