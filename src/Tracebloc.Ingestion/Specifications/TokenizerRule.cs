namespace Tracebloc.Ingestion.Specifications;

/// <summary>The demands of a category on <c>tokenizer.json</c>, beside the folder of its texts.</summary>
/// <param name="IsRequired">False: a data set without the file is fine.</param>
/// <param name="Tokens">The tokens that its vocabulary holds.</param>
public sealed record TokenizerRule(bool IsRequired, params IReadOnlyList<string> Tokens);
