namespace Tracebloc.Registry;

/// <summary>A docker configuration is malformed; the message gives the place, never a value.</summary>
internal sealed class DockerConfigException(string message) : Exception(message);
