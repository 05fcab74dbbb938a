namespace Tracebloc.ModelUpload.Options;

/// <summary>The parts of the help and of the page of options.</summary>
internal enum OptionSection
{
    Source,
    Destination,
    Registration,
    Signing,
    Moving,
}
