namespace Tracebloc.ImageRefresh.Notices;

/// <summary>What the status of an answer other than 2xx says to whoever set the address.</summary>
internal static class AnswerStatus
{
    public static string Describe(int status) => status switch
    {
        >= 300 and < 400 => $"status {status}: it is elsewhere; correct the address",
        401 or 403 or 404 or 407 or 410 => $"status {status}; correct the address",
        _ => $"status {status}",
    };
}
