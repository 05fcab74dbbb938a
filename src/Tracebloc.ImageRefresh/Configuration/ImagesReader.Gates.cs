using Tracebloc.Configuration;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Configuration;

internal sealed partial class ImagesReader
{
    private GateOptions ReadGates(ConfigurationReader item, RefreshAction? action) => new()
    {
        Hold = item.Boolean("hold") ?? false,
        MinAge = item.Duration("minAge"),
        Windows = item.Texts<RefreshWindow>("windows", RefreshWindowParser.TryParse),
        Platforms = ReadPlatforms(item),
        Verify = ReadVerify(item, action),
    };

    private static PlatformOptions? ReadPlatforms(ConfigurationReader item)
    {
        var ignoresOthers = item.Boolean("ignoreOtherPlatforms") ?? false;
        switch (item.Find("platforms"))
        {
            case null when ignoresOthers:
                item.Missing("platforms", "ignoreOtherPlatforms needs it; write platforms: [linux/amd64], or nodes");
                return null;
            case null:
                return null;
            case ConfigurationNode.Scalar { Text: "nodes" }:
                return new() { IgnoresOthers = ignoresOthers };
            default:
                var listed = item.Texts<Platform>("platforms", Platform.TryParse);
                return new() { Listed = listed, IgnoresOthers = ignoresOthers };
        }
    }
}
