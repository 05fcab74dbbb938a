using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>Turns the exceptions of calls into the run's own, with place, cause and remedy.</summary>
/// <param name="role">Chooses exit code and option names.</param>
/// <param name="settings">The account, whose secrets no message shows.</param>
/// <param name="trust">Keeps the reasons of refused certificates.</param>
/// <param name="time">The clock for points in time that a service asks to wait for.</param>
internal sealed class S3Faults(StoreRole role, S3Settings settings, ServerTrust trust, TimeProvider time)
{
    private const int LongestText = 300;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private string Option => role == StoreRole.Source ? "--source-aws-" : "--destination-aws-";

    /// <summary>True for what <see cref="Of"/> explains.</summary>
    public static bool IsKnown(Exception fault, CancellationToken cancelled) =>
        fault is AmazonClientException or HttpRequestException or IOException
        || (fault is OperationCanceledException && !cancelled.IsCancellationRequested);

    public UploadException Of(S3Deed deed, S3Address at, Exception fault) => fault switch
    {
        AmazonServiceException { StatusCode: not 0 } answer => OfAnswer(deed, at, answer),
        OperationCanceledException =>
            New($"{at} could not be {deed.Done}: no answer within {deed.Limit.TotalSeconds:0} s", fault, true),
        _ => OfConnection(deed, at, fault),
    };

    /// <summary>A fault that the run itself found.</summary>
    public UploadException New(string message, Exception? cause = null, bool isTransient = false) =>
        new(role == StoreRole.Source ? UploadExit.Source : UploadExit.Destination, Redacted(message), cause)
        {
            IsTransient = isTransient,
        };

    private UploadException OfAnswer(S3Deed deed, S3Address at, AmazonServiceException fault)
    {
        var code = string.IsNullOrEmpty(fault.ErrorCode) ? fault.StatusCode.ToString() : fault.ErrorCode;
        var remedy = S3Remedies.Of(code, fault.StatusCode, deed, Option);
        var message = $"{at} could not be {deed.Done}: {code} ({(int)fault.StatusCode}{Text(fault, code)}); {remedy}";
        return new UploadException(
            role == StoreRole.Source ? UploadExit.Source : UploadExit.Destination, Redacted(message), fault)
        {
            IsTransient = S3Remedies.IsTransient(fault.StatusCode, code),
            RetryAfter = PauseOf(fault),
        };
    }

    private UploadException OfConnection(S3Deed deed, S3Address at, Exception fault)
    {
        if (Within<HttpRequestException>(fault) is not null
            && trust.TakeRefusal(S3Client.HostOf(settings)) is { } refusal)
            return New($"{at} could not be {deed.Done}: {refusal}", fault);
        var request = Within<HttpRequestException>(fault);
        var reason = request?.InnerException ?? request ?? fault;
        var place = $"{S3Client.HostOf(settings)}: {Line.Of(reason.Message, LongestText)}";
        return New($"{at} could not be {deed.Done}: {place}; check {Option}endpoint and the network", fault, true);
    }

    private static string Text(AmazonServiceException fault, string code)
    {
        var text = Line.Of(fault.Message, LongestText);
        return text.Length == 0 || text == code ? "" : $": {text}";
    }

    private TimeSpan? PauseOf(Exception fault)
    {
        if (Within<HttpErrorResponseException>(fault)?.Response is not { } response)
            return null;
        var date = response.IsHeaderPresent("Date") ? response.GetHeaderValue("Date") : null;
        return response.IsHeaderPresent("Retry-After")
            ? RetryAfter.Parse(response.GetHeaderValue("Retry-After"), date, time.GetUtcNow(), LongestPause)
            : null;
    }

    private static T? Within<T>(Exception? fault)
        where T : Exception
    {
        for (; fault is not null; fault = fault.InnerException)
            if (fault is T found)
                return found;
        return null;
    }

    // A service may repeat the headers of a request.
    private string Redacted(string message)
    {
        foreach (var secret in new[] { settings.SecretAccessKey, settings.SessionToken })
            if (secret?.Reveal() is { Length: > 0 } text)
                message = message.Replace(text, "(secret)", StringComparison.Ordinal);
        return message;
    }
}
