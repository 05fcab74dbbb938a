namespace Tracebloc.Ingestion.Specifications;

/// <summary>A Python class that rows pass through: an item of <c>spec.processors</c>.</summary>
/// <param name="Script">The path of its file.</param>
/// <param name="Class">The name of the class.</param>
/// <param name="ArgumentsJson">Its arguments as a JSON object; <c>{}</c> for none.</param>
public sealed record ProcessorSpecification(string Script, string Class, string ArgumentsJson);
