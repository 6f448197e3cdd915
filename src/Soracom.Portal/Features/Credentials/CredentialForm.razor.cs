using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Credentials;

/// <summary>Takes a new credential. What was typed leaves the page once: to the vendor, and sealed into the database.</summary>
public sealed partial class CredentialForm
{
    private readonly Input input = new();
    private CredentialKind kind;
    private PortalError? problem;
    private OtherOperatorError? other;
    private bool otherOperator;
    private bool busy;

    /// <summary>The tenant.</summary>
    [Parameter]
    [EditorRequired]
    public required TenantContext Tenant { get; set; }

    /// <summary>The coverage.</summary>
    [Parameter]
    [EditorRequired]
    public SoracomCoverage Coverage { get; set; }

    /// <summary>Whether there is one already.</summary>
    [Parameter]
    public bool Replacing { get; set; }

    /// <summary>Called when the credential is stored.</summary>
    [Parameter]
    public EventCallback<SoracomIdentity> OnStored { get; set; }

    /// <summary>Called when nothing is to be stored.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Inject]
    private CredentialStore Store { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    private string NameLabel => Words[$"CredentialKind.{kind}.Name"];

    private string NameExample => kind switch
    {
        CredentialKind.AuthKey => "keyId-…",
        CredentialKind.Root => "name@example.com",
        _ => string.Empty,
    };

    private string SecretLabel => Words[$"CredentialKind.{kind}.Secret"];

    private string Id(string field) => $"credential-{Coverage.ToWireName()}-{field}";

    private async Task SubmitAsync()
    {
        problem = null;
        if (Read() is not { } credential)
        {
            problem = new InputError("CredentialIncomplete");
            return;
        }

        busy = true;
        try
        {
            var stored = await Store.StoreAsync(Tenant, Coverage, credential, otherOperator, CancellationToken.None);
            other = stored.Error as OtherOperatorError;
            problem = other is null ? stored.Error : null;

            // Said of the operator that was just named, not of whichever comes next.
            otherOperator = otherOperator && problem is FreshSignInError;
            if (stored.Error is null)
            {
                input.Secret = string.Empty;
                await OnStored.InvokeAsync(stored.Value);
            }
        }
        finally
        {
            busy = false;
        }
    }

    private SoracomCredential? Read()
    {
        string[] needed = kind == CredentialKind.SamUser ? [input.Operator, input.Name, input.Secret] : [input.Name, input.Secret];
        return needed.Any(string.IsNullOrWhiteSpace) ? null : kind switch
        {
            CredentialKind.AuthKey => new AuthKeyCredential(input.Name.Trim(), input.Secret.Trim()),
            CredentialKind.SamUser => new SamUserCredential(input.Operator.Trim(), input.Name.Trim(), input.Secret),
            _ => new RootCredential(input.Name.Trim(), input.Secret),
        };
    }

    // A class, not a record: a record's text form would show the secret.
    private sealed class Input
    {
        public string Operator { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string Secret { get; set; } = string.Empty;
    }
}
