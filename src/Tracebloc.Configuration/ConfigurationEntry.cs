namespace Tracebloc.Configuration;

/// <summary>A key of a mapping and its value.</summary>
/// <param name="Key">As it is written, quotes resolved.</param>
/// <param name="Line">The line of the key, from 1.</param>
/// <param name="Value">The value of the key.</param>
public readonly record struct ConfigurationEntry(string Key, int Line, ConfigurationNode Value);
