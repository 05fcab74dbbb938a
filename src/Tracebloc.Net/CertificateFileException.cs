namespace Tracebloc.Net;

/// <summary>A file of authorities cannot be used; the message names the host, the file and the remedy.</summary>
public sealed class CertificateFileException(string message, Exception? inner) : Exception(message, inner);
