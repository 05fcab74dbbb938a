using System.Text;
using Microsoft.Extensions.Logging;
using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Reporting;

/// <summary>The file whose content Kubernetes shows as the reason of a container's end.</summary>
/// <param name="environment">All variables of the process.</param>
/// <param name="redaction">Masks what the text must not show.</param>
/// <param name="logger">Receives a line where the file cannot be written; the run's own end is never replaced.</param>
internal sealed partial class TerminationMessage(
    IReadOnlyDictionary<string, string> environment, Redaction redaction, ILogger logger)
{
    /// <summary>The kubelet reads no more.</summary>
    public const int MaxBytes = 4096;

    public const string DefaultPath = "/dev/termination-log";

    private const string Variable = "TERMINATION_MESSAGE_PATH";

    private readonly string? _chosen =
        environment.GetValueOrDefault(Variable)?.Trim() is { Length: > 0 } path ? path : null;

    private string Path => _chosen ?? DefaultPath;

    /// <summary>Replaces the content; a text that is too long is cut between two characters.</summary>
    public void Write(string text)
    {
        try
        {
            // The kubelet makes the default one; outside a cluster it has no reader.
            if (UnlinkedFile.KindOf(Path) is var kind && (kind == FileKind.Regular || IsNew(kind)))
                Replace(Cut(redaction.Apply(text)));
            else if (kind != FileKind.Absent)
                LogNotWritten(Path, "it is no regular file");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(Path, fault.Message);
        }
    }

    private bool IsNew(FileKind kind) => kind == FileKind.Absent && _chosen is not null;

    private void Replace(ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(Path, FileMode.Create, FileAccess.Write);
        file.Write(content);
    }

    private static ReadOnlySpan<byte> Cut(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= MaxBytes) return bytes;
        var end = MaxBytes;
        // A byte of the form 10…… goes on with the character before it.
        while ((bytes[end] & 0xC0) == 0x80) end--;
        return bytes[..end];
    }

    [LoggerMessage(900, LogLevel.Warning, "Termination message {File} could not be written: {Reason}")]
    private partial void LogNotWritten(string file, string reason);
}
