namespace Tracebloc.Configuration;

/// <summary>A key of a mapping and its value.</summary>
/// <param name="Key">As it is written, quotes resolved.</param>
/// <param name="Line">Where the key stands, counted from 1.</param>
/// <param name="Value">What stands behind it.</param>
public readonly record struct ConfigurationEntry(string Key, int Line, ConfigurationNode Value);
