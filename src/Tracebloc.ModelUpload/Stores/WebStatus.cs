namespace Tracebloc.ModelUpload.Stores;

/// <summary>The meaning of a status that is no success.</summary>
internal static class WebStatus
{
    /// <summary>The fault of an answer, with the wait that the server asks for.</summary>
    public static UploadException FaultOf(WebAnswer answer) =>
        new(UploadExit.Source, $"{answer.Name} cannot be read: {Describe(answer.Status)}")
        {
            IsTransient = IsTransient(answer.Status),
            RetryAfter = answer.Wait,
        };

    /// <summary>True where the same call can succeed later.</summary>
    public static bool IsTransient(int status) => status is 408 or 425 or 429 or (>= 500 and not (501 or 505));

    private static string Describe(int status) => $"status {status}" + status switch
    {
        401 => ", the server requires credentials; give an address that needs none, a pre-signed one for example",
        403 => ", the server refuses access; where the address is pre-signed, check that it has not expired",
        404 or 410 => ", there is no such file; check the address",
        407 => ", the proxy requires a user and password; put them into HTTP_PROXY",
        429 => ", the server limits the rate",
        >= 500 => ", the server failed",
        _ => "",
    };
}
