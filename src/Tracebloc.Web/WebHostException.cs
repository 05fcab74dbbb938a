using Tracebloc.Net;

namespace Tracebloc.Web;

/// <summary>A server that cannot start.</summary>
/// <param name="message">The setting, the cause and the remedy.</param>
/// <param name="innerException">The cause.</param>
public sealed class WebHostException(string message, Exception innerException)
    : Exception(Escaped.Text(message), innerException);
