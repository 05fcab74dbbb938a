using System.Text;
using Microsoft.Extensions.Logging;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>
/// The file whose content Kubernetes shows as the reason of a container's end. The kubelet makes it: elsewhere it is
/// absent, and nothing is written.
/// </summary>
/// <param name="path">The file.</param>
internal sealed partial class TerminationMessage(string path)
{
    /// <summary>Replaces the content; a text that is too long is cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="logger">Receives a line where the file cannot be written; null: no line.</param>
    public void Write(string text, ILogger? logger)
    {
        try
        {
            if (UnlinkedFile.KindOf(path) == FileKind.Regular) Write(Cut(text));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The exit code and the log are there without it.
            if (logger is not null) LogNotWritten(logger, path, fault.Message);
        }
    }

    private void Write(byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Truncate, FileAccess.Write);
        file.Write(bytes);
    }

    private static byte[] Cut(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= RunEnd.MostBytes) return bytes;
        var end = RunEnd.MostBytes;
        // A byte of the form 10…… goes on with the letter before it.
        while ((bytes[end] & 0xC0) == 0x80) end--;
        return bytes[..end];
    }

    [LoggerMessage(652, LogLevel.Debug, "Termination message {File} could not be written: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string file, string reason);
}
