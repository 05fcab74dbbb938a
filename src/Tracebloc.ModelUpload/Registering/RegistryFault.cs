using System.Globalization;
using System.Net;
using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>Makes exceptions of the answers that are no success.</summary>
internal static class RegistryFault
{
    private const int LongestMessage = 512;

    /// <summary>True where the same call can succeed later.</summary>
    public static bool IsTransient(HttpAnswer answer) =>
        answer.IsAbsent ? !answer.IsDistrusted : answer.Status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>The fault of a call.</summary>
    /// <param name="call">Server, method and path.</param>
    /// <param name="answer">The answer, free of secrets.</param>
    public static UploadException Of(string call, HttpAnswer answer)
    {
        var cause = answer.IsAbsent ? Line.Of(answer.Text, LongestMessage) : Describe(answer);
        return new UploadException(UploadExit.Registry, $"{call} failed: {cause}{RemedyOf(answer.Status)}")
        {
            IsTransient = IsTransient(answer),
            RetryAfter = answer.RetryAfter,
        };
    }

    /// <summary>A fault without an answer to blame.</summary>
    public static UploadException Of(string message, Exception? cause = null) =>
        new(UploadExit.Registry, message, cause);

    private static string Describe(HttpAnswer answer)
    {
        var message = Line.Of(MessageOf(answer.Text), LongestMessage);
        var status = answer.Status.ToString(CultureInfo.InvariantCulture);
        if (Enum.IsDefined((HttpStatusCode)answer.Status))
            status += $" {(HttpStatusCode)answer.Status}";
        return message == "" ? status : $"{status}: {message}";
    }

    private static string MessageOf(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, RegistryJson.Default.RegistryError)?.Message ?? body;
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private static string RemedyOf(int status) => status switch
    {
        401 => "; give a valid token by --registry-user-token or --registry-user-token-envvar",
        403 => "; give the token's account access to the registry",
        >= 300 and < 400 => "; correct --registry-server-address and --registry-port: the registry is elsewhere",
        _ => "",
    };
}
