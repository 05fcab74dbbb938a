namespace Tracebloc.Ingestion.Datasets;

/// <summary>The result of looking a file's name up.</summary>
internal enum NameMatch
{
    /// <summary>There is no such file.</summary>
    Absent,

    /// <summary>There is a file of this name.</summary>
    Same,

    /// <summary>There is a file whose name differs by case alone.</summary>
    OtherCase,
}
