using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Sims;

/// <summary>How to sign in to a device's shell. Credential ids are those of the account's credential sets.</summary>
[JsonConverter(typeof(WireChoiceConverter<SshLogin>))]
public sealed class SshLogin : WireChoice
{
    private SshLogin(string type, JsonObject members, params string?[] secrets)
        : base(type, members, secrets)
    {
    }

    /// <summary>The device asks for none.</summary>
    public static SshLogin None { get; } = new("none", []);

    public static SshLogin Password(string password) => new("password", new() { ["password"] = password }, password);

    /// <summary>A password that the account keeps (credential type psk).</summary>
    public static SshLogin StoredPassword(string credentialsId) => new("password", new() { ["passwordCredentialsId"] = credentialsId });

    /// <param name="privateKey">In PEM.</param>
    /// <param name="passphrase">Of the key, where it has one.</param>
    public static SshLogin PrivateKey(string privateKey, string? passphrase = null) =>
        new("publickey", new() { ["key"] = privateKey, ["passphrase"] = passphrase }, privateKey, passphrase);

    /// <summary>A private key that the account keeps (credential type private-key-pem).</summary>
    public static SshLogin StoredPrivateKey(string credentialsId, string? passphrase = null) =>
        new("publickey", new() { ["keyCredentialsId"] = credentialsId, ["passphrase"] = passphrase }, passphrase);
}

/// <summary>How to sign in to a camera. Credential ids are those of the account's credential sets.</summary>
[JsonConverter(typeof(WireChoiceConverter<RtspLogin>))]
public sealed class RtspLogin : WireChoice
{
    private RtspLogin(string type, JsonObject members, params string?[] secrets)
        : base(type, members, secrets)
    {
    }

    /// <summary>The camera asks for none.</summary>
    public static RtspLogin None { get; } = new("none", []);

    public static RtspLogin Password(string userName, string password) =>
        new("basic", new() { ["username"] = userName, ["password"] = password }, password);

    /// <summary>With a password that the account keeps (credential type psk).</summary>
    public static RtspLogin StoredPassword(string userName, string credentialsId) =>
        new("basic", new() { ["username"] = userName, ["passwordCredentialsId"] = credentialsId });
}

/// <summary>What to wait for after bytes were sent over TCP. Without any byte from the device in time, all but the first fail with 422.</summary>
[JsonConverter(typeof(WireChoiceConverter<TcpWait>))]
public sealed class TcpWait : WireChoice
{
    private TcpWait(string type, JsonObject members)
        : base(type, members)
    {
    }

    /// <summary>For nothing: succeeds whether or not the device is there.</summary>
    public static TcpWait ForNothing { get; } = new("fire_and_forget", []);

    /// <summary>For the first bytes, which are not told.</summary>
    public static TcpWait ForFirst { get; } = new("wait_first", []);

    /// <summary>Until the device closes the connection or the time is over.</summary>
    public static TcpWait ForAll { get; } = new("wait_all", []);

    /// <summary>Until these bytes have come.</summary>
    public static TcpWait ForPattern(ReadOnlySpan<byte> pattern) =>
        new("wait_for_pattern", new() { ["terminationPattern"] = Convert.ToBase64String(pattern), ["terminationPatternEncoding"] = BinaryEncoding.Base64 });

    /// <summary>Until nothing has come for that many seconds.</summary>
    public static TcpWait ForSilence(int seconds) => new("idle_timeout", new() { ["idleTimeout"] = seconds });
}
