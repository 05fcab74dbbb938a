using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>Turns what went wrong into a <see cref="KubernetesException"/>.</summary>
internal static class KubernetesError
{
    private const int MaxBody = 64 * 1024;

    internal static KubernetesException Timeout(KubernetesRequest request, TimeSpan limit) =>
        new(request.ToString(), $"no answer within {limit.TotalSeconds:0.###} s")
        {
            IsTransient = true,
            IsOutcomeUnknown = !request.IsSafe,
        };

    internal static KubernetesException Unreadable(
        KubernetesRequest request, string message, Exception? inner = null) =>
        new(request.ToString(), inner is null ? message : $"{message}: {Line.Of(inner.Message)}", inner)
        {
            IsOutcomeUnknown = !request.IsSafe,
        };

    internal static KubernetesException TooLong(KubernetesRequest request, int limit) =>
        new(request.ToString(), $"the answer is longer than {limit} bytes")
        {
            IsTooLong = true,
            IsOutcomeUnknown = !request.IsSafe,
        };

    internal static KubernetesException Broken(KubernetesRequest request, Exception inner) =>
        new(request.ToString(), $"the connection broke: {Line.Of(inner.Message)}", inner) { IsTransient = true };

    /// <summary>Input for a command that has ended.</summary>
    internal static KubernetesException Ended(KubernetesRequest request, ExecStatus status, Exception? inner = null) =>
        new(
            request.ToString(),
            status.Outcome == ExecOutcome.Lost ? status.Message
                : status.ExitCode is { } code ? $"the command has ended and reads no more: exit code {code}"
                : $"the command has ended and reads no more: {status.Message}",
            inner)
        {
            IsTransient = status.Outcome == ExecOutcome.Lost,
        };

    /// <summary>The pod does not take a connection; its container may still be starting.</summary>
    internal static KubernetesException NotForwarded(KubernetesRequest request, string reason) =>
        new(request.ToString(), $"the connection to the pod failed: {reason}")
        {
            Reason = reason,
            IsTransient = true,
        };

    /// <summary>There was no answer, or it broke off.</summary>
    /// <param name="request">The request.</param>
    /// <param name="configuration">The configuration of the client.</param>
    /// <param name="error">The fault.</param>
    /// <param name="refusal">The reason for which the server's certificate was refused; null when it was not.</param>
    internal static KubernetesException From(
        KubernetesRequest request, KubernetesClientConfiguration configuration, Exception error, string? refusal)
    {
        var kind = (error as HttpRequestException)?.HttpRequestError ?? HttpRequestError.ResponseEnded;
        var notSent = kind is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
        var distrust = kind == HttpRequestError.SecureConnectionError
            && error.InnerException is AuthenticationException;
        return new(request.ToString(), Describe(configuration, kind, error, refusal), error)
        {
            IsTransient = !distrust,
            IsNotSent = notSent,
            IsOutcomeUnknown = !notSent && !request.IsSafe,
        };
    }

    /// <summary>The server answered, and not with success.</summary>
    internal static async Task<KubernetesException> FromAsync(
        KubernetesRequest request, HttpResponseMessage response, string credential, CancellationToken cancellationToken)
    {
        var status = await StatusAsync(response, cancellationToken);
        return FromStatus(request, (int)response.StatusCode, status, credential, RetryAfter(response.Headers));
    }

    /// <summary>A status from an answer, or from within a watch.</summary>
    internal static KubernetesException FromStatus(
        KubernetesRequest request, int code, V1Status status, string credential, TimeSpan? retryAfter = null)
    {
        var said = string.IsNullOrWhiteSpace(status.Message) ? "no reason given" : Line.Of(status.Message);
        return new(request.ToString(), $"{said} ({code}){KubernetesRemedy.For(request, code, status, credential)}")
        {
            Code = code,
            Reason = status.Reason,
            IsVersionTooLarge = IsVersionTooLargeIn(code, status),
            IsTypeNotServed = code == 404 && status.Details?.Name is null,
            IsTransient = code is 408 or 429 or (>= 500 and not 501 and not 505),
            // etcd may have taken a write whose answer was lost between the server and it
            IsOutcomeUnknown = !request.IsSafe && code is 408 or 500 or 502 or 504,
            RetryAfter = retryAfter ?? (status.Details?.RetryAfterSeconds is > 0 and var seconds
                ? TimeSpan.FromSeconds(seconds) : null),
        };
    }

    // client-go, isTooLargeResourceVersionError: servers before 1.18.6 state it in the message alone.
    private static bool IsVersionTooLargeIn(int code, V1Status status) => code == 504
        && (status.Details?.Causes?.Any(cause => cause.Reason == "ResourceVersionTooLarge") == true
            || status.Message?.Contains("Too large resource version", StringComparison.Ordinal) == true);

    private static string Describe(
        KubernetesClientConfiguration configuration, HttpRequestError kind, Exception error, string? refusal)
    {
        var server = configuration.Server.GetLeftPart(UriPartial.Authority);
        var detail = refusal ?? Line.Of((error.InnerException ?? error).Message);
        return kind switch
        {
            HttpRequestError.NameResolutionError => $"cannot resolve {configuration.Server.Host}: {detail}",
            HttpRequestError.ConnectionError => $"cannot connect to {server}: {detail}",
            HttpRequestError.SecureConnectionError =>
                $"no TLS connection to {server}: {detail} (trusted: {configuration.CertificateAuthoritySource})",
            HttpRequestError.ProxyTunnelError =>
                $"the proxy {configuration.Proxy?.Host} does not connect to {server}: {detail}",
            _ => $"the connection to {server} broke: {detail}",
        };
    }

    private static async Task<V1Status> StatusAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await BoundedBody.ReadAsync(response.Content, MaxBody, cancellationToken);
            return body is { } bytes
                ? Parse(bytes.Span, response.Content.Headers.ContentType)
                : new V1Status { Message = $"the answer is longer than {MaxBody} bytes" };
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return new V1Status { Message = $"the answer broke off: {e.Message}" };
        }
    }

    private static V1Status Parse(ReadOnlySpan<byte> body, MediaTypeHeaderValue? type)
    {
        try
        {
            if (type?.MediaType == "application/json"
                && JsonSerializer.Deserialize(body, KubernetesJson.Default.V1Status) is { } status)
                return status;
        }
        catch (JsonException)
        {
            // The answer is not the API server's own; its text is more useful than a message about the JSON.
        }

        return new V1Status { Message = Encoding.UTF8.GetString(body) };
    }

    // The API server gives seconds; a date comes only from a proxy in front of it, and the default delay serves there.
    private static TimeSpan? RetryAfter(HttpResponseHeaders headers) => headers.RetryAfter?.Delta;
}
