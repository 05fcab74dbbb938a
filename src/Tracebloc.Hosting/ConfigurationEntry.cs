namespace Tracebloc.Hosting;

/// <summary>A key of a mapping, the line it stands on, and its value.</summary>
public readonly record struct ConfigurationEntry(string Key, int Line, ConfigurationNode Value);
