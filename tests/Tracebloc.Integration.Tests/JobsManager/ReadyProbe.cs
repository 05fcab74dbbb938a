using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>The wait for a program that listens on a port of 127.0.0.1.</summary>
internal static class ReadyProbe
{
    /// <summary>Waits until <c>/readyz</c> answers 200; false where the program ended before.</summary>
    public static async Task<bool> WaitAsync(ChildProgram program, int port, CancellationToken token)
    {
        using var client = new HttpClient();
        using var bound = new Bound(Bound.OfWaits, token);
        var (end, last) = (program.Result, "no answer");
        return await bound.KeepAsync(
            async current =>
            {
                while (last != "200" && !end.IsCompleted) last = await AskAsync(client, port, current);
                return last == "200";
            },
            () => $"/readyz: {last}");
    }

    private static async Task<string> AskAsync(HttpClient client, int port, CancellationToken token)
    {
        try
        {
            using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/readyz"), token);
            return $"{(int)response.StatusCode}";
        }
        catch (HttpRequestException absent)
        {
            return absent.Message;
        }
    }
}
