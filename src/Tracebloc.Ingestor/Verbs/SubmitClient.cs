using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Ingestor.Submitting;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>The client of jobs-manager as a submission uses it.</summary>
internal static class SubmitClient
{
    /// <summary>Prepares connections; nothing is sent yet.</summary>
    public static JobsManagerClient Open(Uri address, TokenFile tokens, SubmitOptions options, ProgramContext program)
    {
        // Without TLS a proxy would see the token; and none knows the names inside a cluster.
        var proxy = address.Scheme == Uri.UriSchemeHttps ? ProxySettings.FromEnvironment(program.Variable) : null;
        var connection = new JobsManagerConnection(
            HttpExchange.Open(address, proxy, program.Time),
            (_, token) => tokens.ReadAsync(token),
            "tracebloc-ingestor",
            program.Time);
        var client = new JobsManagerOptions
        {
            Server = $"jobs-manager {address}",
            Remedy = "check the address and that its pod is ready",
            File = options.File,
            Timeout = options.Timeout,
            Retrying = reason => SubmitLog.LogAway(
                program.Logger, address, reason, Duration.Format(options.Timeout)),
        };
        return new JobsManagerClient(connection, client, program.Time);
    }

    /// <summary>A fault of the client as the end of the program.</summary>
    public static IngestorException Fault(SubmittingException fault) => new(
        fault.Failure switch
        {
            SubmittingFailure.Rejected => IngestorExit.Rejected,
            SubmittingFailure.Unreachable => IngestorExit.Unreachable,
            _ => IngestorExit.Failed,
        },
        fault.Status is >= 300 and < 400 ? $"{fault.Message} with --to" : fault.Message,
        fault)
    {
        Errors = fault.Errors,
    };
}
