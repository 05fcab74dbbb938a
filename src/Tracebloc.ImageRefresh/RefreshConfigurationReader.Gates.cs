using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Gates;

namespace Tracebloc.ImageRefresh;

internal sealed partial class RefreshConfigurationReader
{
    private static GateOptions ReadGates(ConfigurationReader item) => new()
    {
        Hold = item.Boolean("hold") ?? false,
    };
}
