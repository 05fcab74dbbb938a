namespace Tracebloc.Ingestion.Staging;

/// <summary>The first frame of the receiver, sent before it reads anything.</summary>
/// <param name="Version">The version of its program.</param>
/// <param name="Free">The bytes that are free on its volume.</param>
public sealed record FarHello(string Version, long Free);
