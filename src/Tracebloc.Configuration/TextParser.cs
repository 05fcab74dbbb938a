using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Configuration;

/// <summary>Reads one text of a configuration, or returns the error and the remedy.</summary>
public delegate bool TextParser<T>(
    string text, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? error);
