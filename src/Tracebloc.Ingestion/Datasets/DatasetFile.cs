using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Datasets;

/// <summary>A file of a data set.</summary>
/// <param name="Folder">The folder that it belongs to.</param>
/// <param name="Name">Its name, without the folder.</param>
/// <param name="Path">Its full path.</param>
public sealed record DatasetFile(FileFolder Folder, string Name, string Path);
