using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Gates;

namespace Tracebloc.ImageRefresh;

internal sealed partial class RefreshConfigurationReader
{
    private static GateOptions ReadGates(ConfigurationReader item) => new()
    {
        Hold = item.Boolean("hold") ?? false,
        MinAge = item.Duration("minAge"),
        Windows = item.Texts<RefreshWindow>("windows", RefreshWindowParser.TryParse),
    };
}
