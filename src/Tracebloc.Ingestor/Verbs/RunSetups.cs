using System.Security.Cryptography;
using System.Text;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>Reads the specification that the environment names.</summary>
internal static class RunSetups
{
    /// <exception cref="ConfigurationException">The specification has errors; it holds all of them.</exception>
    /// <exception cref="IngestorException">The volume is absent.</exception>
    public static RunSetup Of(IngestorSettings settings, ProgramContext program)
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
