using Tracebloc.Net;

namespace Tracebloc.Ingestion.Reading;

/// <summary>A source file that cannot be read from its beginning: it is missing, or has no columns.</summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="fault">The fault.</param>
public sealed class ReadingException(string file, ReadingFault fault)
    : Exception(Escaped.Text(fault.Line > 0 ? $"{file}:{fault.Line}: {fault.Message}" : $"{file}: {fault.Message}"))
{
    /// <summary>The file as the user named it.</summary>
    public string File => file;

    /// <summary>The fault, with its place and remedy.</summary>
    public ReadingFault Fault => fault;
}
