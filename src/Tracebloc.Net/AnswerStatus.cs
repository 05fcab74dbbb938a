namespace Tracebloc.Net;

/// <summary>The meaning of a status other than 2xx for the configured address.</summary>
public static class AnswerStatus
{
    /// <summary>True when another address or other credentials would get another answer.</summary>
    public static bool IsOfAddress(int status) => status is (>= 300 and < 400) or 401 or 403 or 404 or 407 or 410;

    /// <summary>The status with its meaning, and the remedy where there is one.</summary>
    public static string Describe(int status) =>
        $"status {status}" + (status is >= 300 and < 400 ? ": it is elsewhere" : "")
        + (IsOfAddress(status) ? "; correct the address" : "");
}
