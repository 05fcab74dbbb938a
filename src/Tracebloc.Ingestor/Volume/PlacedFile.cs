namespace Tracebloc.Ingestor.Volume;

/// <summary>A file and its name in the data set's folder.</summary>
/// <param name="Source">Its full path, without links.</param>
/// <param name="Name">Its new name.</param>
/// <param name="IsStaged">True: it is moved; false: it is copied, and stays.</param>
internal readonly record struct PlacedFile(string Source, string Name, bool IsStaged);
