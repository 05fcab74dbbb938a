using Tracebloc.Benchmarks.StartupProfile;

namespace Tracebloc.Benchmarks.Tests;

public sealed class NamedMethodTests
{
    [Theory]
    [InlineData("System.AppContext:Setup(ptr,ptr,int)", "System.AppContext", "Setup", "", 3)]
    [InlineData("System.Object:.ctor()", "System.Object", ".ctor", "", 0)]
    [InlineData("A.List`1[int]:Add(int)", "A.List`1[int]", "Add", "", 1)]
    [InlineData("A.Query:Select[A.B[],A.C`1[A.D+E]](A.List`1[A.B[]])", "A.Query", "Select", "A.B[] A.C`1[A.D+E]", 1)]
    [InlineData("A.Outer`1+In`1[int,A.B+<F>d__5]:Move()", "A.Outer`1+In`1[int,A.B+<F>d__5]", "Move", "", 0)]
    [InlineData("A.B+<>c:<F>g__G|5_0[A.B+<<F>g__H|1>d](byref)", "A.B+<>c", "<F>g__G|5_0", "A.B+<<F>g__H|1>d", 1)]
    [InlineData("System.Char:A.I<A.P<A.B, A.C>>.From(uint)", "System.Char", "A.I<A.P<A.B, A.C>>.From", "", 1)]
    [InlineData("(dynamicClass):IL_STUB_PInvoke(A.B,int)", "(dynamicClass)", "IL_STUB_PInvoke", "", 2)]
    public void A_method_is_read_as_the_JIT_compiler_names_it(
        string text, string owner, string name, string arguments, int parameters)
    {
        var method = NamedMethod.TryParse($"  12: JIT compiled {text} [Tier0, IL size=9, code size=39]");

        Assert.NotNull(method);
        Assert.Equal(
            (owner, name, arguments, parameters),
            (method.Owner.ToString(), method.Name, string.Join(' ', method.Arguments), method.ParameterCount));
    }

    [Theory]
    [InlineData("")]
    [InlineData("stem.Object:.ctor() [Tier0, IL size=1, code size=20]")]
    [InlineData("  12: JIT compiled A.List`1[int:Add(int) [Tier0, IL size=9, code size=39]")]
    [InlineData("  12: JIT compiled A.B:C [Tier0, IL size=9, code size=39]")]
    [InlineData("  12: JIT compiled A.B(int) [Tier0, IL size=9, code size=39]")]
    [InlineData("  12: JIT compiled A.B:C(int")]
    public void What_another_thread_wrote_into_is_no_method(string line) => Assert.Null(NamedMethod.TryParse(line));
}
