using System.Text.Json;

namespace Tracebloc.Registry;

/// <summary>A text in JSON has half of a surrogate pair, or bytes that are not UTF-8.</summary>
internal sealed class NotUnicodeException : JsonException;
