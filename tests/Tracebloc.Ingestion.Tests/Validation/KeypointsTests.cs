using System.Text;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class KeypointsTests
{
    [Theory]
    [InlineData("{\"a\": [1, 2], \"b\": {\"x\": 1, \"y\": 2}}", 2)]
    [InlineData("{}", null)]
    [InlineData("", null)]
    [InlineData("[1]", null)]
    [InlineData("{\"a\": 1}", null)]
    public void The_points_of_a_cell_are_counted(string cell, int? count) =>
        Assert.Equal(count, Keypoints.CountOf(Encoding.UTF8.GetBytes(cell)));
}
