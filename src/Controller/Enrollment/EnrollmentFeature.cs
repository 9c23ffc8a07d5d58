using Agents.Controller.Stores;
namespace Agents.Controller.Enrollment;

/// <summary>Enrolment. Needs <see cref="IStore"/> and a loaded <see cref="CertificateAuthority"/> among the services.</summary>
internal static class EnrollmentFeature
{
    /// <summary>Registers enrolment.</summary>
    public static IServiceCollection AddEnrollment(this IServiceCollection services)
    {
        services.AddSingleton<Enroller>();
        services.AddSingleton<Renewer>();
        services.AddSingleton<JoinTokens>();
        services.AddSingleton<HostCertificates>();
        return services;
    }
}
