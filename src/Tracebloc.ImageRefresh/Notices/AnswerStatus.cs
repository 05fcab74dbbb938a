namespace Tracebloc.ImageRefresh.Notices;

/// <summary>What the status of an answer other than 2xx says to whoever set the address.</summary>
internal static class AnswerStatus
{
    /// <summary>Whether another address, or somebody else who may send there, would be answered otherwise.</summary>
    public static bool IsOfAddress(int status) => status is (>= 300 and < 400) or 401 or 403 or 404 or 407 or 410;

    public static string Describe(int status) =>
        $"status {status}" + (status is >= 300 and < 400 ? ": it is elsewhere" : "")
        + (IsOfAddress(status) ? "; correct the address" : "");
}
