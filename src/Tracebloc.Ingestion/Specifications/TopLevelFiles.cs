namespace Tracebloc.Ingestion.Specifications;

/// <summary>The options of files that stand at the root; those of <c>spec.file_options</c> win.</summary>
internal sealed record TopLevelFiles(ImageSize? TargetSize, int? NumberOfKeypoints);
