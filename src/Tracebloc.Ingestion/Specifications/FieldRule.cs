namespace Tracebloc.Ingestion.Specifications;

/// <summary>The form of a text file that is one line with fields between tabs.</summary>
/// <param name="Least">The least number of fields.</param>
/// <param name="Most">The greatest number of fields.</param>
/// <param name="MayBeEmpty">An empty file is tolerated.</param>
/// <param name="IsAdvice">A file of another form is noted, and no error.</param>
public sealed record FieldRule(int Least, int Most, bool MayBeEmpty = false, bool IsAdvice = false);
