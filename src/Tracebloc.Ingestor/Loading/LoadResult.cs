namespace Tracebloc.Ingestor.Loading;

/// <summary>A finished load.</summary>
/// <param name="Rows">The rows, which have consecutive ids.</param>
/// <param name="Connections">The most connections that loaded at once.</param>
/// <param name="Choice">The method, with its reason.</param>
internal sealed record LoadResult(long Rows, int Connections, string Choice);
