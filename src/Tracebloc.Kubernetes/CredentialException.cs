namespace Tracebloc.Kubernetes;

/// <summary>
/// There is no credential to send; becomes a <see cref="KubernetesException"/> that names the request.
/// </summary>
internal sealed class CredentialException(string message, Exception? inner = null) : Exception(message, inner);
