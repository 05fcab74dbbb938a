using Tracebloc.MetadataSync.Querying;

namespace Tracebloc.MetadataSync.Tests.Querying;

public sealed class KubernetesTimeTests
{
    // Of apimachinery's duration_test.go.
    [Theory]
    [InlineData("00:00:01", "1s")]
    [InlineData("00:01:10", "70s")]
    [InlineData("00:03:10", "3m10s")]
    [InlineData("00:03:00", "3m")]
    [InlineData("00:10:30", "10m")]
    [InlineData("01:10:00", "70m")]
    [InlineData("02:59:59", "179m")]
    [InlineData("03:10:00", "3h10m")]
    [InlineData("07:00:00", "7h")]
    [InlineData("08:10:00", "8h")]
    [InlineData("1.23:59:00", "47h")]
    [InlineData("2.00:00:00", "2d")]
    [InlineData("2.23:00:00", "2d23h")]
    [InlineData("8.02:00:00", "8d")]
    [InlineData("729.00:00:00", "729d")]
    [InlineData("730.00:00:00", "2y")]
    [InlineData("735.00:00:00", "2y5d")]
    [InlineData("2920.00:00:00", "8y")]
    [InlineData("00:00:00", "0s")]
    [InlineData("-00:00:01", "0s")]
    [InlineData("-00:00:02", "<invalid>")]
    public void Ages_are_those_of_kubectl(string age, string expected) =>
        Assert.Equal(expected, KubernetesTime.Age(TimeSpan.Parse(age, null)));
}
