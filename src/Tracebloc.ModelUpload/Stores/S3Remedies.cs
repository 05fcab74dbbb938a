using System.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>The faults of S3 and of services that speak it: what to do, and whether to try again.</summary>
internal static class S3Remedies
{
    private static readonly HashSet<string> TransientCodes =
    [
        "BadDigest", "BandwidthLimitExceeded", "ConditionalRequestConflict", "InternalError", "OperationAborted",
        "RequestTimeout", "ServiceUnavailable", "SlowDown", "Throttling",
        "ThrottlingException", "TooManyRequests", "XAmzContentSHA256Mismatch",
    ];

    /// <summary>True where the same call can succeed later.</summary>
    public static bool IsTransient(HttpStatusCode status, string code) =>
        TransientCodes.Contains(code)
        || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>An imperative clause.</summary>
    /// <param name="code">The code of the answer.</param>
    /// <param name="status">Its status.</param>
    /// <param name="deed">The call.</param>
    /// <param name="option">The start of the options: <c>--source-aws-</c>.</param>
    public static string Of(string code, HttpStatusCode status, S3Deed deed, string option) => code switch
    {
        "NoSuchBucket" => $"create the bucket or correct {option}bucket",
        "InvalidBucketName" => $"correct {option}bucket",
        "NoSuchKey" => $"correct {option}key",
        "InvalidAccessKeyId" => $"correct {option}access-key-id",
        "SignatureDoesNotMatch" => $"correct {option}secret-access-key",
        "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" => "give a new session token with its keys",
        "RequestTimeTooSkewed" => "set the clock of this node",
        "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException"
            or "TemporaryRedirect" => $"set {option}region to the bucket's region",
        "PreconditionFailed" => "it changed while it was read: start again when it is complete",
        "EntityTooLarge" => "the service takes no object of this size",
        "QuotaExceeded" or "XMinioStorageFull" => "make room at the service",
        "InvalidObjectState" => "restore the object from its archive",
        _ => OfStatus(status, deed, option),
    };

    private static string OfStatus(HttpStatusCode status, S3Deed deed, string option) => status switch
    {
        HttpStatusCode.PreconditionFailed => Of("PreconditionFailed", status, deed, option),
        HttpStatusCode.Moved or HttpStatusCode.TemporaryRedirect => Of("PermanentRedirect", status, deed, option),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            $"grant {deed.Permission} to the access key, or use another",
        HttpStatusCode.NotFound => $"correct {option}bucket, {option}key or {option}endpoint",
        HttpStatusCode.InsufficientStorage => "make room at the service",
        >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests => "try again later",
        _ => $"check {option}endpoint and the service's log",
    };
}
