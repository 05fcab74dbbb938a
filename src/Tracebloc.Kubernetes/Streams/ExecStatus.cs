using System.Globalization;
using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>The kind of end that a command in a pod came to.</summary>
public enum ExecOutcome
{
    /// <summary>The command ran and ended with an exit code.</summary>
    Exited,

    /// <summary>The server reports a failure of its own: the program does not exist, the container is gone.</summary>
    Failed,

    /// <summary>The connection ended without a result: the command may have ended, or may still run.</summary>
    Lost,
}

/// <summary>The end of a command in a pod.</summary>
/// <param name="Outcome">The kind of end.</param>
/// <param name="ExitCode">0 to 255; null unless the command ended by itself.</param>
/// <param name="Message">The reason, in one line; empty after a success.</param>
public sealed record ExecStatus(ExecOutcome Outcome, int? ExitCode, string Message)
{
    /// <summary>True for exit code 0, and for nothing else.</summary>
    public bool IsSuccess => Outcome == ExecOutcome.Exited && ExitCode == 0;

    internal static ExecStatus Lost(string reason) => new(ExecOutcome.Lost, null, reason);

    /// <summary>Reads the Status of the last channel.</summary>
    /// <seealso href="https://github.com/kubernetes/apimachinery/blob/v0.34.0/pkg/util/remotecommand/constants.go"/>
    internal static ExecStatus Of(ReadOnlySpan<byte> json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, KubernetesJson.Default.V1Status) is { } status) return Of(status);
        }
        catch (JsonException)
        {
            // Only the far end's own words would help, and these are none.
        }

        return new(ExecOutcome.Failed, null, "the result of the command cannot be read");
    }

    private static ExecStatus Of(V1Status status)
    {
        if (status.Status == "Success") return new(ExecOutcome.Exited, 0, "");
        var message = Line.Of(status.Message ?? status.Reason ?? "no reason given");
        return status.Reason == "NonZeroExitCode" && ExitCodeOf(status) is { } code
            ? new(ExecOutcome.Exited, code, message)
            : new(ExecOutcome.Failed, null, message);
    }

    private static int? ExitCodeOf(V1Status status) =>
        status.Details?.Causes?.FirstOrDefault(cause => cause.Reason == "ExitCode")?.Message is { } text
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
}
