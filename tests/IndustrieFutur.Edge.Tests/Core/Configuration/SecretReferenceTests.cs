using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Tests.Core.Configuration;

/// <summary>What a person can do about a secret that is not there.</summary>
public sealed class SecretReferenceTests
{
    [Theory]
    [InlineData("env:IFEDGE_TEST_NO_SUCH_SECRET", "the environment variable IFEDGE_TEST_NO_SUCH_SECRET is not set", "Set it, then start the service again.")]
    [InlineData("file:password", "the file password cannot be read or is empty", "Put it there; it is looked for again at the next try.")]
    public void What_is_not_there_is_told_with_a_remedy_that_works(string written, string expected, string remedy)
    {
        var secret = SecretReference.Parse(written, out _)!;

        Assert.Null(secret.Resolve(_ => null, out var error));

        Assert.Equal((expected, remedy), (error, secret.Remedy));
    }
}
