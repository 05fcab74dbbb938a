using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Testing;

namespace Tracebloc.ImageRefresh.Tests.Docs;

/// <summary>Configurations as the documentation shows them.</summary>
internal static class DocumentedConfiguration
{
    /// <summary>The images of a block, polled at this registry in place of the one that it names.</summary>
    public static RefreshConfiguration Of(string block, string registry)
    {
        using var file = new ConfigurationFile();
        var images = Documents.Block(block).Replace("registry.example.com", registry, StringComparison.Ordinal);
        return file.Read(ConfigurationFile.Head + images);
    }
}
