namespace Tracebloc.Ingestion.Reading;

/// <summary>A source file that cannot be read from its beginning: it has no header, or is not what its name promises.</summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="fault">The fault.</param>
public sealed class ReadingException(string file, ReadingFault fault) : Exception($"{file}:{fault.Line}: {fault.Message}")
{
    /// <summary>The file as the user named it.</summary>
    public string File => file;

    /// <summary>The fault, with its place and remedy.</summary>
    public ReadingFault Fault => fault;
}
