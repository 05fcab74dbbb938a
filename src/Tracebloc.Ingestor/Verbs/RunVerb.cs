using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Verbs;

/// <summary><c>ingestor run</c>: everything comes from the environment of its Job.</summary>
internal sealed class RunVerb(Func<LogLevel, ProgramContext> context, Func<string, string?> variable)
    : Verb<RunOptions>("run", "Validates, loads and registers the data set of $INGEST_CONFIG, as its Job's environment gives it.")
{
    public override string Examples =>
        """
          INGEST_CONFIG=ingest.yaml MYSQL_HOST=127.0.0.1 DB_USER=root DB_PASSWORD=secret CLIENT_ENV=local ingestor run
        """;

    protected override RunOptions Parse(ParseResult result) => new();

    public override async Task<int> ExecuteAsync(RunOptions options, CancellationToken token)
    {
        var settings = EnvironmentSettings.Read(variable);
        var program = context(settings.LogLevel);
        return await Ending.OfAsync(program.Logger, async () =>
        {
            var setup = Setup(settings, program);
            await IngestRun.RunAsync(setup, program.Out, token);
        });
    }

    private static RunSetup Setup(IngestorSettings settings, ProgramContext program)
    {
        var errors = new ConfigurationErrors(settings.Specification);
        var text = ConfigurationDocument.ReadText(settings.Specification, errors);
        var specification = text is null ? null : IngestDocument.Parse(text.TrimStart('\uFEFF'), errors);
        errors.ThrowIfAny();
        if (text is null || specification is null) throw new ConfigurationException(errors.InOrder());
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        Ending.LogWarnings(program.Logger, specification.Warnings);
        return new RunSetup
        {
            Settings = settings,
            Specification = specification,
            Digest = digest,
            Layout = VolumeLayout.Of(settings.Storage, specification.Table, settings.RunKey ?? digest[..32]),
            Variable = program.Variable,
            Logger = program.Logger,
            Time = program.Time,
        };
    }
}

/// <summary>No options: <c>ingestor run</c> has none.</summary>
internal sealed record RunOptions;
